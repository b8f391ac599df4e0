"""Drawing: plain data and a size in, strips of text out. Knows neither engine nor feeds."""
