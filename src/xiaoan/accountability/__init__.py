"""通报表扬、约谈、通报: triggers that a named person acts on or waives. Not built yet."""
