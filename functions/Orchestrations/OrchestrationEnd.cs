namespace PelNas.Functions.Orchestrations;

/// <summary>Ends orchestrations from outside.</summary>
internal static class OrchestrationEnd
{
    /// <summary>Asks for the end of an orchestration that was alive when it was looked at.</summary>
    public static async Task EndAsync(
        this DurableTaskClient client, string instanceId, TerminateInstanceOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await client.TerminateInstanceAsync(instanceId, options, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The Functions host refuses to terminate what has ended, as it may have since, and backends differ in how they say so.
            if (await client.GetInstanceAsync(instanceId, cancellationToken) is { IsCompleted: false })
            {
                throw;
            }
        }
    }
}
