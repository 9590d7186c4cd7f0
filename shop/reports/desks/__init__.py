"""Questions of staff beside the income report: groups, flows of money, reasons of a change."""
