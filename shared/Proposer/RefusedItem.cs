namespace PelNas.Shared.Proposer;

/// <summary>An item that was refused.</summary>
/// <param name="Text">The item, cut.</param>
/// <param name="Reason">Why.</param>
public sealed record RefusedItem(string Text, string Reason);
