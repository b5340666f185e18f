"""The plot file: one GeoPackage, one transaction for each act."""
