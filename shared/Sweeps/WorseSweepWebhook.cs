using System.Net.Http.Headers;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using PelNas.Shared.Records;
using Polly;
using Polly.Retry;

namespace PelNas.Shared.Sweeps;

/// <summary>
/// Sends a signed notice when a context came out worse than in the last sweep like it. A sweep does not fail because nobody could be
/// notified: what cannot be sent is logged. The address and the secret are in no log, for an address can be a secret.
/// </summary>
public sealed partial class WorseSweepWebhook : IDisposable
{
    /// <summary>Header with <c>sha256=</c> and the HMAC-SHA256 of the body by the secret, lower-case hexadecimal.</summary>
    public const string SignatureHeader = "X-PelNas-Signature";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SweepAlarm _alarm;
    private readonly ILogger<WorseSweepWebhook> _logger;
#pragma warning disable RS0030 // It is called by an activity, and nothing of what it answers goes into a search.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Patience };
#pragma warning restore RS0030
    private readonly ResiliencePipeline<int?> _pipeline;

    /// <summary>Makes the sender.</summary>
    public WorseSweepWebhook(SweepAlarm alarm, TimeProvider time, ILogger<WorseSweepWebhook> logger)
    {
        (_alarm, _logger) = (alarm, logger);
        _pipeline = new ResiliencePipelineBuilder<int?> { TimeProvider = time }.AddRetry(new RetryStrategyOptions<int?>
        {
            ShouldHandle = outcome => ValueTask.FromResult(outcome.Outcome.Result is null or 408 or 429 or >= 500),
            MaxRetryAttempts = 4,
            Delay = TimeSpan.FromSeconds(2),
            BackoffType = DelayBackoffType.Exponential,
        }).Build();
    }

    /// <summary>
    /// Sends what came out worse, where something did and there is an address. A step that runs again sends it again, with the same sweep.
    /// </summary>
    public async Task TellAsync(SweepRow sweep, CancellationToken cancellationToken)
    {
        WorseContext[] worse =
        [
            .. from context in sweep.Contexts
               let comparison = context.Comparison
               where comparison?.HypervolumeChange <= -_alarm.WorseBy
               select new WorseContext(
                   context.Dataset, context.Device, context.Hypervolume, comparison.HypervolumeChange, comparison.PreviousSweepId),
        ];
        if (worse.Length == 0 || _alarm.Webhook.Length == 0)
        {
            return;
        }

        byte[] body = Encoding.UTF8.GetBytes(PelNasJson.Serialize(new WorseSweep(sweep.SweepId, sweep.Night, _alarm.WorseBy, worse)));
        int? status = await _pipeline.ExecuteAsync(async token => await SendAsync(body, token), cancellationToken);
        if (status is >= 200 and < 300)
        {
            LogTold(_logger, sweep.SweepId, worse.Length);
        }
        else
        {
            LogUntold(_logger, sweep.SweepId, status is { } code ? $"it answered {code}" : "it could not be reached");
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _http.Dispose();

    /// <summary>The status of the answer, or null without one.</summary>
    private async Task<int?> SendAsync(byte[] body, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, _alarm.Webhook) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
        request.Headers.Add(
            SignatureHeader, $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(_alarm.Secret), body))}");
        try
        {
#pragma warning disable RS0030 // As above.
            using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
#pragma warning restore RS0030
            return (int)response.StatusCode;
        }
        catch (Exception exception)
            when (exception is HttpRequestException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    [LoggerMessage(
        LogLevel.Information, "Sweep {SweepId} came out worse, and the webhook was notified. Contexts that are worse: {Contexts}.")]
    private static partial void LogTold(ILogger logger, string sweepId, int contexts);

    [LoggerMessage(LogLevel.Warning, "Sweep {SweepId} came out worse, and the webhook could not be notified: {Reason}.")]
    private static partial void LogUntold(ILogger logger, string sweepId, string reason);
}

/// <summary>When a sweep came out worse, and who is notified.</summary>
/// <param name="WorseBy">How much less hypervolume than in the last sweep like it makes a context worse; over 0.</param>
/// <param name="Webhook">Address; empty for nobody. It may hold a secret.</param>
/// <param name="Secret">Key of the signature.</param>
public sealed record SweepAlarm(double WorseBy, string Webhook, string Secret)
{
    /// <summary>The threshold alone: neither address nor secret belongs into a log.</summary>
    public override string ToString() => $"{nameof(SweepAlarm)} {{ {nameof(WorseBy)} = {WorseBy} }}";
}

/// <summary>What is sent.</summary>
/// <param name="Night">Its night, UTC; null when somebody started it.</param>
/// <param name="Contexts">The contexts that came out worse by that or more.</param>
public sealed record WorseSweep(string SweepId, DateOnly? Night, double WorseBy, IReadOnlyList<WorseContext> Contexts);

/// <summary>A context that came out worse.</summary>
/// <param name="Hypervolume">Hypervolume of the joined front now.</param>
/// <param name="HypervolumeChange">That less the earlier one, below 0.</param>
/// <param name="PreviousSweepId">The sweep it is compared with.</param>
public sealed record WorseContext(string Dataset, string Device, double Hypervolume, double HypervolumeChange, string PreviousSweepId);
