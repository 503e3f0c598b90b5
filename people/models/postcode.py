"""Postcodes: the cell of about a kilometre that each lies in, and the nearest place. Loaded by `import_postcodes`.

They are of the country, not of anybody: nobody's own postcode is ever stored. A newcomer would keep the point; a
postcode has fifteen doors on average, and nothing here needs to know which.
"""

from django.db import models

from people.models.place import Place


class Postcode(models.Model):
    """One postcode, written without its space."""

    code = models.CharField(max_length=7, primary_key=True)
    cell_latitude = models.DecimalField(max_digits=7, decimal_places=4)
    cell_longitude = models.DecimalField(max_digits=7, decimal_places=4)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="postcodes")

    def __str__(self) -> str:
        return self.code
