using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using PelNas.Shared.Sweeps;

namespace PelNas.Functions.Tests.Schedules;

/// <summary>The notice of a sweep that came out worse, sent to a server on this machine.</summary>
public sealed class WorseSweepWebhookTests : IAsyncDisposable
{
    private const string Secret = "correct horse battery staple";
    private const string PathOfAddress = "/hooks/7f3a9c";

    private readonly ConcurrentQueue<(string Path, string? Signature, byte[] Body)> _received = new();
    private readonly LogLines _log = new();
    private WebApplication? _app;

    [Fact]
    public async Task What_came_out_worse_is_sent_signed_and_again_until_it_is_taken()
    {
        await TellAsync(await ServeAsync(503, 500, 204), Context("fpga", -0.02), Context("eyeriss", -0.004), Context("pixel3", 0.01));

        _received.Count.ShouldBe(3);
        foreach ((string path, string? signature, byte[] body) in _received)
        {
            path.ShouldBe(PathOfAddress);
            signature.ShouldBe($"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body))}");
            JsonElement sent = JsonDocument.Parse(body).RootElement;
            sent.GetProperty("sweepId").GetString().ShouldBe("sweep-20260302");
            JsonElement worse = sent.GetProperty("contexts").EnumerateArray().ShouldHaveSingleItem();
            worse.GetProperty("device").GetString().ShouldBe("fpga");
            worse.GetProperty("hypervolumeChange").GetDouble().ShouldBe(-0.02);
            worse.GetProperty("previousSweepId").GetString().ShouldBe("sweep-20260301");
        }

        ShouldTellNoSecret();
    }

    [Fact]
    public async Task Where_nothing_came_out_worse_nothing_is_sent()
    {
        await TellAsync(
            await ServeAsync(204), Context("fpga", -0.004), Context("eyeriss", 0.2), Context("pixel3", -0.5) with { Comparison = null });

        _received.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(404, 1, "it answered 404")]
    [InlineData(503, 5, "it answered 503")]
    public async Task A_notice_that_is_not_taken_is_a_warning_and_no_failure(int status, int times, string reason)
    {
        await TellAsync(await ServeAsync(status), Context("fpga", -0.02));

        _received.Count.ShouldBe(times);
        _log.Lines.ShouldHaveSingleItem().Level.ShouldBe(LogLevel.Warning);
        _log.Lines[0].Message.ShouldBe($"Sweep sweep-20260302 came out worse, and the webhook could not be notified: {reason}.");
        ShouldTellNoSecret();
    }

    [Fact]
    public async Task A_server_that_is_away_is_a_warning_and_no_failure()
    {
        using ClosedPort nobody = new();

        await TellAsync($"{nobody.Address.GetLeftPart(UriPartial.Authority)}{PathOfAddress}", Context("fpga", -0.02));

        _log.Lines.ShouldHaveSingleItem().Message.ShouldEndWith("the webhook could not be notified: it could not be reached.");
        ShouldTellNoSecret();
    }

    [Theory]
    [InlineData("", "", 0.005, "")]
    [InlineData("https://example.com/hook", Secret, 0.005, "")]
    [InlineData("http://127.0.0.1:8080/hook", Secret, 0.005, "")]
    [InlineData("http://example.com/hook", Secret, 0.005, "PelNas:Sweep:Webhook must be an https address")]
    [InlineData("example.com", Secret, 0.005, "PelNas:Sweep:Webhook must be an https address")]
    [InlineData("https://example.com/hook", "short", 0.005, "PelNas:Sweep:WebhookSecret must have 16 characters or more")]
    [InlineData("", "", double.NaN, "PelNas:Sweep:WorseBy must be over 0")]
    public void Settings_that_could_not_work_are_named_without_what_they_hold(string webhook, string secret, double worseBy, string fault)
    {
        string faults = string.Join(
            "; ", new SweepOptions { Webhook = webhook, WebhookSecret = secret, WorseBy = worseBy }.WebhookFaults());
        (fault.Length == 0 ? faults.Length == 0 : faults.StartsWith(fault, StringComparison.Ordinal)).ShouldBeTrue(faults);
        faults.ShouldNotContain("example.com");
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    private static SweepContext Context(string device, double change) => new()
    {
        Dataset = "cifar10",
        Device = device,
        Hypervolume = 0.95,
        Front = [1, 2],
        Comparison = new SweepComparison("sweep-20260301", change, 0, 1),
    };

    private async Task TellAsync(string address, params SweepContext[] contexts)
    {
        using ILoggerFactory loggers = LoggerFactory.Create(builder => builder.AddProvider(_log).SetMinimumLevel(LogLevel.Trace));
        using WorseSweepWebhook webhook = new(
            new SweepOptions { Webhook = address, WebhookSecret = Secret }.ToAlarm(),
            new HurriedTimeProvider(1000), loggers.CreateLogger<WorseSweepWebhook>());
        await webhook.TellAsync(
            new SweepRow
            {
                SweepId = "sweep-20260302",
                Request = new SweepRequest(),
                StartedAt = DateTimeOffset.UnixEpoch,
                Contexts = contexts,
            }, Cancellation);
    }

    /// <summary>Starts a server that answers with these statuses in turn, the last one from then on.</summary>
    private async Task<string> ServeAsync(params int[] statuses)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async http =>
        {
            using MemoryStream body = new();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            http.Response.StatusCode = statuses[Math.Min(_received.Count, statuses.Length - 1)];
            _received.Enqueue((http.Request.Path, http.Request.Headers[WorseSweepWebhook.SignatureHeader], body.ToArray()));
        });
        await _app.StartAsync(Cancellation);
        return _app.Urls.Single() + PathOfAddress;
    }

    private void ShouldTellNoSecret()
    {
        string all = string.Concat(_log.Lines.Select(line => line.Message)) + string.Concat(_log.Exceptions);
        all.ShouldNotContain(Secret);
        all.ShouldNotContain(PathOfAddress);
    }
}
