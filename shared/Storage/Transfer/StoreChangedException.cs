namespace PelNas.Shared.Storage.Transfer;

/// <summary>A run changed in a store while it was moved, or is there already. The message says what to do.</summary>
public sealed class StoreChangedException(string message) : Exception(message);
