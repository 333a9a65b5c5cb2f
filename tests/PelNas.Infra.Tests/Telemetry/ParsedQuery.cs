namespace PelNas.Infra.Tests.Telemetry;

/// <summary>What the Kusto parser says of a query.</summary>
/// <param name="Name">Name of the query.</param>
/// <param name="Faults">What is wrong with it.</param>
/// <param name="Columns">Columns that it returns.</param>
internal sealed record ParsedQuery(string Name, IReadOnlyList<string> Faults, IReadOnlyList<string> Columns);
