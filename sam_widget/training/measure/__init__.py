"""What is made of the evaluation's scores: means, differences, tables. No model, no photo."""
