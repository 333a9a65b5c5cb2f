namespace PelNas.Local.Worker.Http;

/// <summary>What a key opens.</summary>
internal enum KeyScope
{
    /// <summary>Functions of level Function.</summary>
    Function,

    /// <summary>Functions of level Admin.</summary>
    Admin,

    /// <summary>The management API of orchestrations.</summary>
    DurableTask,
}
