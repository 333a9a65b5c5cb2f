using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using PelNas.Local.Tests.Durable;

namespace PelNas.Local.Tests.Worker.Durable;

/// <summary>Orchestrators that wait, end and fail.</summary>
internal sealed class InstanceFunctions
{
    [Function("Wait")]
    public static async Task<string> WaitAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        context.SetCustomStatus(new { step = 1 });
        return await context.WaitForExternalEvent<string>("go");
    }

    [Function("Echo")]
    public static string Echo([OrchestrationTrigger] TaskOrchestrationContext context) => context.GetInput<string>()!;

    [Function("Fail")]
    public static Task Fail([OrchestrationTrigger] TaskOrchestrationContext context) => throw new InvalidDataException("no luck");

    [Function("Start")]
    public static async Task<IResult> StartAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "start/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client, string id)
    {
        await client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions(id), request.HttpContext.RequestAborted);
        return Results.Json(client.CreateHttpManagementPayload(id), statusCode: StatusCodes.Status202Accepted);
    }
}

internal static class InstanceFunctionsExtensions
{
    /// <summary>Starts an orchestrator and waits until it runs.</summary>
    public static async Task StartAsync(this DurableTaskClient client, string orchestrator, string id, object? input = null)
    {
        var token = TestContext.Current.CancellationToken;
        await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(id), token);
        await Awaiting.For(client.WaitForInstanceStartAsync(id, token), $"the start of {id}");
    }

    /// <summary>Starts an orchestrator and waits until it has ended.</summary>
    public static async Task CompleteAsync(this DurableTaskClient client, string orchestrator, string id, object? input = null)
    {
        await client.StartAsync(orchestrator, id, input);
        await Awaiting.For(client.WaitForInstanceCompletionAsync(id, TestContext.Current.CancellationToken), $"the end of {id}");
    }
}
