using System.Text.Json;
using System.Text.Json.Nodes;
using DurableTask.Core.Exceptions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.DurableTask.Client;
using PelNas.Local.Worker.Http;

namespace PelNas.Local.Worker.Durable;

/// <summary>
/// The HTTP API by which Durable Functions lets instances be watched and managed, with its paths, status codes and shapes
/// (Durable Functions documentation, "HTTP API reference").
/// </summary>
internal sealed class DurableManagementApi(DurableTaskClient client, DurableWebhooks webhooks, InstanceChanges changes)
{
    private const string RetryAfterSeconds = "5";

    /// <summary>Adds the API to the routes.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var instances = endpoints.MapGroup(DurableWebhooks.Path + "/instances").WithMetadata(new RequiredKey(KeyScope.DurableTask));
        instances.MapGet("/", (HttpRequest request) => InstanceListing.GetAsync(client, request));
        instances.MapGet("/{instanceId}", GetAsync);
        instances.MapDelete("/{instanceId}", PurgeAsync);
        instances.MapPost("/{instanceId}/terminate", (string instanceId, string? reason, HttpContext context) =>
            changes.ApplyAsync(instanceId, context, () => client.TerminateInstanceAsync(instanceId, (object?)reason, context.RequestAborted)));
        instances.MapPost("/{instanceId}/suspend", (string instanceId, string? reason, HttpContext context) =>
            changes.ApplyAsync(instanceId, context, () => client.SuspendInstanceAsync(instanceId, reason, context.RequestAborted)));
        instances.MapPost("/{instanceId}/resume", (string instanceId, string? reason, HttpContext context) =>
            changes.ApplyAsync(instanceId, context, () => client.ResumeInstanceAsync(instanceId, reason, context.RequestAborted)));
        instances.MapPost("/{instanceId}/raiseEvent/{eventName}", RaiseEventAsync);
        instances.MapPost("/{instanceId}/restart", RestartAsync);
    }

    private async Task<IResult> GetAsync(
        string instanceId, HttpContext context, bool showInput = true, bool returnInternalServerErrorOnFailure = false)
    {
        if (await client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, context.RequestAborted) is not { } metadata)
        {
            return InstanceChanges.Unknown(context, instanceId);
        }

        var statusCode = metadata switch
        {
            { IsCompleted: false } => StatusCodes.Status202Accepted,
            { RuntimeStatus: OrchestrationRuntimeStatus.Failed } when returnInternalServerErrorOnFailure => StatusCodes.Status500InternalServerError,
            _ => StatusCodes.Status200OK,
        };
        if (statusCode == StatusCodes.Status202Accepted)
        {
            context.Response.Headers.Location = context.Request.Scheme + "://" + context.Request.Host + context.Request.Path + context.Request.QueryString;
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        return Results.Json(InstanceStatus.From(metadata, showInput), statusCode: statusCode);
    }

    private async Task<IResult> PurgeAsync(string instanceId, HttpContext context)
    {
        if (await client.GetInstanceAsync(instanceId, context.RequestAborted) is not { } metadata)
        {
            return InstanceChanges.Unknown(context, instanceId);
        }

        if (!metadata.IsCompleted)
        {
            return Problems.Result(
                context, StatusCodes.Status412PreconditionFailed,
                $"The instance '{instanceId}' is {metadata.RuntimeStatus}; only one that has ended can be purged.");
        }

        var purged = await client.PurgeInstanceAsync(instanceId, context.RequestAborted);
        return Results.Json(new { instancesDeleted = purged.PurgedInstanceCount });
    }

    private async Task<IResult> RaiseEventAsync(string instanceId, string eventName, HttpContext context)
    {
        if (await changes.RefuseAsync(instanceId, context) is { } refusal)
        {
            return refusal;
        }

        if (!context.Request.HasJsonContentType())
        {
            return Problems.Result(context, StatusCodes.Status400BadRequest, "Send the event's payload as application/json.");
        }

        JsonNode? payload;
        try
        {
            payload = await JsonSerializer.DeserializeAsync<JsonNode?>(context.Request.Body, cancellationToken: context.RequestAborted);
        }
        catch (JsonException exception)
        {
            return Problems.Result(context, StatusCodes.Status400BadRequest, $"The event's payload is not valid JSON: {exception.Message}");
        }

        return await changes.ApplyAsync(instanceId, context, () => client.RaiseEventAsync(instanceId, eventName, payload, context.RequestAborted));
    }

    private async Task<IResult> RestartAsync(string instanceId, HttpContext context, bool restartWithNewInstanceId = true)
    {
        try
        {
            var restarted = await client.RestartAsync(instanceId, restartWithNewInstanceId, context.RequestAborted);
            var payload = webhooks.For(restarted);
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            return Results.Accepted(payload.StatusQueryGetUri, payload);
        }
        catch (ArgumentException)
        {
            return Problems.Result(context, StatusCodes.Status400BadRequest, $"There is no instance '{instanceId}'.");
        }
        catch (OrchestrationAlreadyExistsException exception)
        {
            return Problems.Result(context, StatusCodes.Status409Conflict, exception.Message);
        }
    }
}
