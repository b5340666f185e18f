"""The strip under the chart in which a report, a beach or a move is taken."""
