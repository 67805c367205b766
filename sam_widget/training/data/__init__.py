"""What is learnt from: photos with masks in every layout, and what is made of them. No model."""
