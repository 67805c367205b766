"""Learning: data, losses, simulated clicks, the loop, the frozen evaluation. Knows no screen."""
