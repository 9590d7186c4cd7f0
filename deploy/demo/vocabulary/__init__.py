"""Hand-written words of the demo: villages, producers, products, stories, people.

Plain data without Django. Every village stands in a real tambon, but the communities, groups and
people are invented.
"""
