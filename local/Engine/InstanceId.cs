namespace PelNas.Local.Engine;

/// <summary>
/// The rules for ids of orchestration instances; those of the Functions host and of its strictest backend together, so that an id that
/// works here works there.
/// </summary>
public static class InstanceId
{
    /// <summary>The most characters an id may have.</summary>
    public const int MaxLength = 100;

    /// <summary>Checks an id.</summary>
    /// <exception cref="ArgumentException">
    /// It is empty or too long, starts with '@', or has a character that is not printable ASCII or one of / \ # ?.
    /// </exception>
    public static void Validate(string? instanceId, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId, parameter);
        string? problem = instanceId.Length > MaxLength ? $"has {instanceId.Length} characters; at most {MaxLength} are allowed"
            : instanceId.AsSpan().ContainsAnyExceptInRange(' ', '~')
                ? "has characters other than printable ASCII; use letters, digits, '-' and '_'"
            : instanceId.AsSpan().ContainsAny("/\\#?")
                ? "has one of the characters / \\ # ?, which the Functions host refuses; use '-' or '_'"
            : instanceId[0] == '@' ? "starts with '@', which is kept for entities; start it with another character"
            : null;
        if (problem is not null)
        {
            throw new ArgumentException($"The instance id '{instanceId}' {problem}.", parameter);
        }
    }
}
