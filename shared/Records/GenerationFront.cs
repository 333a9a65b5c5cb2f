namespace PelNas.Shared.Records;

/// <summary>The front of a run after a generation, in numbers.</summary>
/// <param name="Labels">Labels paid so far.</param>
/// <param name="Points">Points on the front.</param>
/// <param name="Hypervolume">Hypervolume of the front, normalised as the metrics are.</param>
/// <param name="Unlabelled">Candidates with a live path that have no label yet.</param>
public sealed record GenerationFront(int Generation, int Labels, int Points, double Hypervolume, int Unlabelled);
