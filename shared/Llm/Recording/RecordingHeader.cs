namespace PelNas.Shared.Llm.Recording;

/// <summary>First line of a recording.</summary>
/// <param name="Format">Always <see cref="CurrentFormat"/>.</param>
/// <param name="Provider">Who answered.</param>
/// <param name="Model">With which model or deployment.</param>
internal sealed record RecordingHeader(string Format, string Provider, string? Model)
{
    /// <summary>Name and version of the format: JSON Lines, this line and then one <see cref="RecordedTurn"/> a line.</summary>
    public const string CurrentFormat = "pelnas-recording/1";
}
