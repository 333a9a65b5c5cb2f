namespace PelNas.Functions.Tests.Support;

/// <summary>How often a host delivers each activity.</summary>
internal enum Delivery
{
    /// <summary>Once, as mostly.</summary>
    Once,

    /// <summary>Once more as soon as it has run: the first result was lost.</summary>
    AgainAtOnce,

    /// <summary>Once more while it runs: the host took the first for dead.</summary>
    AtTheSameTime,
}
