module racelab/maps

go 1.22
