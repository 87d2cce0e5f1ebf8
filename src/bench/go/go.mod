module racelab.example/maps

go 1.22
