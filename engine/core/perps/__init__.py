"""Contract mechanics that move money: marks, funding, liquidation, insurance, deleveraging."""
