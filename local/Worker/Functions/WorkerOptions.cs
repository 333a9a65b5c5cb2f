namespace Microsoft.Azure.Functions.Worker;

/// <summary>Options of the worker. This host reads none of them.</summary>
public class WorkerOptions
{
    /// <summary>What the worker tells the Functions host that it can do, by name.</summary>
    public IDictionary<string, string> Capabilities { get; } = new Dictionary<string, string>();
}
