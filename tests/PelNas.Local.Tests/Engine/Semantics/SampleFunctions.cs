namespace PelNas.Local.Tests.Engine.Semantics;

/// <summary>The functions that the tests of both backends run. What fails at first does so once for each input.</summary>
internal static class SampleFunctions
{
    /// <summary>A task that is not durable and ends when a test says so.</summary>
    public static readonly TaskCompletionSource Foreign = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static LambdaFunctions Create()
    {
        ConcurrentDictionary<string, int> calls = new();
        return new LambdaFunctions()
            .Activity<int, int>("Square", n => n * n)
            .Activity<string, string>("Echo", text => text)
            .Activity<string, int>("Flaky", id =>
            {
                int call = calls.AddOrUpdate(id, 1, (_, n) => n + 1);
                return call < 3 ? throw new TimeoutException($"call {call}") : call;
            })
            .Activity<string, int>("Fails", text => throw new InvalidOperationException(text, new FormatException("the reason")))
            .Orchestrator("FanOut", async c =>
            {
                int[] squares = await Task.WhenAll(Enumerable.Range(1, c.GetInput<int>())
                    .Select(n => c.CallActivityAsync<int>("Square", n)));
                return squares.Sum();
            })
            .Orchestrator("EchoTwice", async c =>
                await c.CallActivityAsync<string>("Echo", c.GetInput<string>()) + await c.CallActivityAsync<string>("echo", "!"))
            .Orchestrator("Retries", c =>
            {
                RetryPolicy policy = new(c.GetInput<int>(), TimeSpan.FromMilliseconds(1));
                return c.CallActivityAsync<int>("Flaky", c.InstanceId, new TaskOptions(policy));
            })
            .Orchestrator("RetriesByHandler", async c =>
            {
                List<string> seen = [];
                TaskOptions options = TaskOptions.FromRetryHandler(retry =>
                {
                    seen.Add($"{retry.LastAttemptNumber} {retry.LastFailure.ErrorMessage}");
                    return retry.LastFailure.IsCausedBy<TimeoutException>();
                });
                seen.Add($"then {await c.CallActivityAsync<int>("Flaky", c.InstanceId, options)}");
                return string.Join(", ", seen);
            })
            .Orchestrator("FailsInActivity", c => c.CallActivityAsync<int>("Fails", "from the activity"))
            .Orchestrator("FailsItself", Task (_) =>
                throw new InvalidOperationException("from the orchestrator", new FormatException("the reason")))
            .Orchestrator("Parent", async c =>
            {
                SubOrchestrationOptions given = new(instanceId: $"{c.InstanceId}-child");
                string child = await c.CallSubOrchestratorAsync<string>("Child", c.GetInput<string>(), given);
                return $"{child} of {await c.CallSubOrchestratorAsync<string>("Child", "another")}";
            })
            .Orchestrator("Child", c =>
            {
                string id = c.Parent!.InstanceId == c.InstanceId[..^6] ? "given" : "new";
                return Task.FromResult($"{c.GetInput<string>()} (child of {c.Parent.Name.Name}, {id} id, {c.Version})");
            })
            .Orchestrator("CatchesChild", async c =>
            {
                try
                {
                    await c.CallSubOrchestratorAsync("FailsInActivity");
                    return "nothing";
                }
                catch (TaskFailedException e)
                {
                    TaskFailureDetails? cause = e.FailureDetails.InnerFailure;
                    return $"{e.FailureDetails.ErrorType} < {cause?.ErrorType} < {cause?.InnerFailure}";
                }
            })
            .Orchestrator("TwoEvents", async c =>
            {
                int first = await c.WaitForExternalEvent<int>("Number");
                c.SetCustomStatus(new { first });
                return first * await c.WaitForExternalEvent<int>("number");
            })
            .Orchestrator("Collects", async c =>
            {
                string collected = c.GetInput<string>() + await c.WaitForExternalEvent<string>("Text");
                c.SetCustomStatus(collected);
                if (collected.Length < 4)
                {
                    c.ContinueAsNew(collected);
                }

                return collected;
            })
            .Orchestrator("Tells", c =>
            {
                c.SendEvent(c.GetInput<string>()!, "Number", 6);
                c.SendEvent("no-such-instance", "Number", 6);
                return Task.CompletedTask;
            })
            .Orchestrator("Counts", async c =>
            {
                int n = await c.CallActivityAsync<int>("Square", c.GetInput<int>());
                if (n < 1000)
                {
                    c.ContinueAsNew(n);
                }

                return n;
            })
            .Orchestrator("CallsMissing", c => c.CallActivityAsync<int>("Missing"))
            .Orchestrator("AwaitsForeign", async _ => await Task.Delay(Timeout.Infinite, CancellationToken.None))
            .Orchestrator("AwaitsForeignToo", async c => await Task.WhenAny(Foreign.Task, c.WaitForExternalEvent<int>("Number")))
            .Orchestrator("LeavesItsThread", async c =>
            {
                await c.CallActivityAsync<int>("Square", 1).ConfigureAwait(false);
                await c.CallActivityAsync<int>("Square", 2);
            })
            .Orchestrator("Version", c => Task.FromResult(c.Version));
    }
}
