namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which key a caller of an HTTP function has to show.</summary>
public enum AuthorizationLevel
{
    /// <summary>None.</summary>
    Anonymous = 0,

    /// <summary>A signed-in user; the local host has no users and refuses functions of this level.</summary>
    User = 1,

    /// <summary>A function key, or the master key.</summary>
    Function = 2,

    /// <summary>A key of the host's extensions; the local host refuses functions of this level.</summary>
    System = 3,

    /// <summary>The master key.</summary>
    Admin = 4,
}
