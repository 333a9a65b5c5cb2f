namespace PelNas.Tests.Durable;

/// <summary>What tests ask of a client again and again.</summary>
internal static class DurableTaskClientExtensions
{
    extension(DurableTaskClient client)
    {
        public Task<string> ScheduleAsync(string name, object? input = null, string? id = null) =>
            client.ScheduleAsync(name, input, new StartOrchestrationOptions(id));

        public Task<string> ScheduleAsync(string name, object? input, StartOrchestrationOptions options) =>
            client.ScheduleNewOrchestrationInstanceAsync(name, input, options, Cancellation);

        /// <summary>Waits for an instance's end.</summary>
        public Task<OrchestrationMetadata> FinishAsync(string id) =>
            Awaiting.For(client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation), $"the end of '{id}'");

        public async Task<OrchestrationMetadata> RunAsync(string name, object? input = null, string? id = null) =>
            await client.FinishAsync(await client.ScheduleAsync(name, input, id));

        /// <summary>Looks at an instance until it is as wanted.</summary>
        public Task<OrchestrationMetadata> UntilAsync(string id, Func<OrchestrationMetadata, bool> isWanted)
        {
            return Awaiting.For(LookAsync(), $"what '{id}' is to come to");

            async Task<OrchestrationMetadata> LookAsync()
            {
                OrchestrationMetadata? found;
                while ((found = await client.GetInstanceAsync(id, true, Cancellation)) is null || !isWanted(found))
                {
                    await Task.Delay(5, Cancellation);
                }

                return found;
            }
        }

        /// <summary>The status of an instance; null when there is none.</summary>
        public async Task<OrchestrationRuntimeStatus?> StatusAsync(string id)
            => (await client.GetInstanceAsync(id, Cancellation))?.RuntimeStatus;
    }
}
