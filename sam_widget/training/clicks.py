"""The simulated users that training asks; they live where the widget's annotator has them too."""

from sam_widget.segment.clicks import correction, innermost, noised_box, uniform

__all__ = ["correction", "innermost", "noised_box", "uniform"]
