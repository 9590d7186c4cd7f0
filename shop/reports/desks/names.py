"""Names of the desks' addresses."""

GROUPS = "report-groups"
FLOWS = "report-flows"
CHANGE = "report-change"
