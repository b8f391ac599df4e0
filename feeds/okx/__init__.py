"""OKX v5: spot, perpetuals, dated futures and options over one public WebSocket."""
