"""What the user made: records, edits, history, one session. Standard library only."""
