"""The exercises, one room a lesson: what is right, and a hint for what is not. Draws nothing."""
