namespace PelNas.Functions.Http.Searches;

/// <summary>Why a search failed.</summary>
/// <param name="Type">Name of the exception.</param>
/// <param name="Message">Its message, cut to 2,000 characters.</param>
public sealed record SearchFailure(string Type, string Message);
