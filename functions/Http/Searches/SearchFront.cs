using PelNas.Shared.Records;
using PelNas.Shared.Tables;


namespace PelNas.Functions.Http.Searches;

/// <summary>The answer to <c>GET /searches/{id}/front</c>.</summary>
/// <param name="Id">Run id.</param>
/// <param name="Dataset">Data set whose accuracies count.</param>
/// <param name="Device">Device whose latency counts.</param>
/// <param name="LabelsFrom">Which accuracies the labels are: <c>validation</c> or <c>test</c>.</param>
/// <param name="Proposer">Who proposed the architectures; <c>offline</c> is a rule-based stand-in.</param>
/// <param name="Generation">Generation that the front was published after.</param>
/// <param name="Labels">Labels paid for up to then.</param>
/// <param name="Front">The front, fastest first.</param>
/// <param name="Metrics">How good it is on test accuracy, measured against the exact front of the context.</param>
/// <param name="Ceiling">What that would be with every label paid for; null for labels that are test accuracies.</param>
public sealed record SearchFront(
    string Id,
    string Dataset,
    string Device,
    string LabelsFrom,
    string Proposer,
    int Generation,
    int Labels,
    IReadOnlyList<FrontPoint> Front,
    FrontQuality Metrics,
    FrontQuality? Ceiling);
