namespace PelNas.Functions.Orchestrations;

/// <summary>Lets a search that has failed go on, once what it failed of was mended.</summary>
public static class FailedSearch
{
    /// <summary>
    /// Starts the orchestration of a failed search again under its id. Each step that had finished finds what it wrote, so that the search
    /// goes on after the last of them and pays for nothing twice. Cut short, it leaves the search failed, and can be called again.
    /// </summary>
    /// <param name="instance">The failed orchestration, with its input.</param>
    public static async Task RetryAsync(DurableTaskClient client, OrchestrationMetadata instance, CancellationToken cancellationToken)
    {
        SearchInput input = instance.ReadInputAs<SearchInput>()
            ?? throw new ArgumentException("The orchestration was read without its input.", nameof(instance));
        string runId = instance.InstanceId;

        // Its partitions have to start again, too. It is itself replaced and not purged: in between nothing would know of its request.
        await foreach (OrchestrationMetadata child in client.GetAllInstancesAsync(new OrchestrationQuery(InstanceIdPrefix: runId))
            .WithCancellation(cancellationToken))
        {
            if (child.Name == nameof(PartitionOrchestrator) && PartitionOrchestrator.RunIdOf(child.InstanceId) == runId)
            {
                await client.PurgeInstanceAsync(child.InstanceId, cancellation: cancellationToken);
            }
        }

        await client.RestartSearchAsync(runId, input, cancellationToken);
    }
}
