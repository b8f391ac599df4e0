"""What binds a portfolio before its orders reach the book."""
