"""Graph stores behind one Protocol: the embedded one and Neo4j. The rooms are empty until the graph is kept in a database."""
