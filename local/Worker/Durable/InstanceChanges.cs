using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using PelNas.Local.Worker.Http;

namespace PelNas.Local.Worker.Durable;

/// <summary>Changes to instances that the management API is asked for, and its refusals of them.</summary>
internal sealed class InstanceChanges(DurableTaskClient client, ILogger<InstanceChanges> logger)
{
    /// <summary>Applies a change: 202, or why not.</summary>
    public async Task<IResult> ApplyAsync(string instanceId, HttpContext context, Func<Task> change)
    {
        if (await RefuseAsync(instanceId, context) is { } refusal)
        {
            return refusal;
        }

        try
        {
            await change();
            return Results.StatusCode(StatusCodes.Status202Accepted);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // The client refused. The instance may have ended, or gone, since it was looked at.
            return await RefuseAsync(instanceId, context) ?? Fail(instanceId, context, exception.Message);
        }
    }

    /// <summary>The refusal to change an instance that is not there or has ended; null if it can be changed.</summary>
    public async Task<IResult?> RefuseAsync(string instanceId, HttpContext context) =>
        await client.GetInstanceAsync(instanceId, context.RequestAborted) switch
        {
            null => Unknown(context, instanceId),
            { IsCompleted: true } ended => Problems.Result(
                context, StatusCodes.Status410Gone, $"The instance '{instanceId}' has ended: it is {ended.RuntimeStatus}."),
            _ => null,
        };

    /// <summary>404: there is no such instance.</summary>
    public static IResult Unknown(HttpContext context, string instanceId) =>
        Problems.Result(context, StatusCodes.Status404NotFound, $"There is no instance '{instanceId}'.");

    /// <summary>
    /// To suspend what is suspended, and to resume what is not, is 500 on the Functions host. The caller has asked for too much and the host is
    /// well, so the log has it as no error and without a stack.
    /// </summary>
    private IResult Fail(string instanceId, HttpContext context, string reason)
    {
        logger.LogWarning("{Method} {Path} was refused: {Reason}", context.Request.Method, context.Request.Path, reason);
        return Problems.Result(context, StatusCodes.Status500InternalServerError, $"The instance '{instanceId}' cannot be changed so: {reason}");
    }
}
