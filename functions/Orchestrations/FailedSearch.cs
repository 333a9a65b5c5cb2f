namespace PelNas.Functions.Orchestrations;

/// <summary>Lets a search that has failed go on, once what it failed of was mended.</summary>
public static class FailedSearch
{
    /// <summary>
    /// Starts the orchestration of a failed search again under its id. Each step that had finished finds what it wrote, so that the search
    /// goes on after the last of them and pays for nothing twice.
    /// </summary>
    /// <param name="instance">The failed orchestration, with its input.</param>
    public static async Task RetryAsync(DurableTaskClient client, OrchestrationMetadata instance, CancellationToken cancellationToken)
    {
        SearchInput input = instance.ReadInputAs<SearchInput>()
            ?? throw new ArgumentException("The orchestration was read without its input.", nameof(instance));

        // Its partitions have to start again, too.
        await client.PurgeInstanceAsync(instance.InstanceId, new PurgeInstanceOptions(Recursive: true), cancellationToken);
        await client.StartSearchOnceAsync(instance.InstanceId, input, cancellationToken);
    }
}
