namespace PelNas.Local.Engine;

/// <summary>The rules for ids of orchestration instances; those of the Functions host and of its strictest backend together, so that an id that works here works there.</summary>
public static class InstanceId
{
    /// <summary>The most characters an id may have.</summary>
    public const int MaxLength = 100;

    /// <summary>Checks an id.</summary>
    /// <exception cref="ArgumentException">It is empty or too long, starts with '@', or has a character that is not printable ASCII or one of / \ # ?.</exception>
    public static void Validate(string? instanceId, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId, parameter);
        if (instanceId.Length > MaxLength)
        {
            throw new ArgumentException($"The instance id has {instanceId.Length} characters; at most {MaxLength} are allowed.", parameter);
        }

        if (instanceId.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw new ArgumentException($"The instance id '{instanceId}' has characters other than printable ASCII; use letters, digits, '-' and '_'.", parameter);
        }

        if (instanceId.AsSpan().ContainsAny("/\\#?"))
        {
            throw new ArgumentException($"The instance id '{instanceId}' has one of the characters / \\ # ?, which the Functions host refuses; use '-' or '_'.", parameter);
        }

        if (instanceId[0] == '@')
        {
            throw new ArgumentException($"The instance id '{instanceId}' starts with '@', which is kept for entities; start it with another character.", parameter);
        }
    }
}
