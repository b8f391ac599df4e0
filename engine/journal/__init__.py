"""The only code that owns files and the database: log, snapshots, recovery, history store.

The log is the truth; tables can be rebuilt from it. Import from the modules: importing this package
loads neither DuckDB nor anything else.
"""
