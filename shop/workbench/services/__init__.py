"""What takes several apps at once, each act in one transaction. Rules of one app live below."""
