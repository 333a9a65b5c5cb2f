using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using PelNas.LoopbackModels;
using PelNas.Shared.Llm;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Proposer;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Shared.Storage.Rows;
using PelNas.Shared.Tests.Llm.Providers;
using PelNas.Shared.Tests.Support;

namespace PelNas.Shared.Tests.Proposer;

/// <summary>All clients around a real SDK client, on a real store, against a server of this machine, on a hurried clock.</summary>
internal sealed class PipelineHarness : IAsyncDisposable
{
    public const string RunId = "20260301-120000-test";

    private const int Hurry = 200;

    private readonly IChatClient _client;

    private PipelineHarness(string provider, LoopbackModel model, Action<ChatProviderOptions>? configure)
    {
        Model = model;
        ChatProviderOptions options = Samples.Options(provider, model);

        // Long enough in real time for a busy machine; a case that wants a time-out sets a short one.
        options.Timeout = TimeSpan.FromMinutes(30);
        configure?.Invoke(options);
        MemoryRowStore rows = new();
        Runs = new RunRepository(rows);
        Pipeline = new ChatPipeline(
            StepHarness.Tables.Space,
            new AnswerRepository(rows, TimeProvider.System),
            () => Runs,
            () => throw new InvalidOperationException("A key was set."),
            new HurriedTimeProvider(Hurry),
            LoggerFactory.Create(builder => builder.AddProvider(new FakeLoggerProvider(Log))));
        _client = Pipeline.CreateUncached(options);
    }

    public LoopbackModel Model { get; }

    public ChatPipeline Pipeline { get; }

    public RunRepository Runs { get; }

    public FakeLogCollector Log { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<PipelineHarness> StartAsync(
        string provider, Func<ReceivedRequest, Turn> script, Action<ChatProviderOptions>? configure = null, bool tls = false)
        => new(provider, await LoopbackModel.StartAsync(script, tls), configure);

    /// <summary>Asks once on the account of the run.</summary>
    public Task<ChatResponse> AskAsync(string text = "Propose.", int? partition = null)
    {
        ChatOptions options = new()
        {
            MaxOutputTokens = 500,
            Seed = 1,
            ResponseFormat = ChatResponseFormat.ForJsonSchema<ReasonerAnswer>(ChatJson.Options, nameof(ReasonerAnswer)),
        };
        new ChatCall(RunId, null, null, partition).AddTo(options);
        return _client.GetResponseAsync([new ChatMessage(ChatRole.System, "You are the architect."), new ChatMessage(ChatRole.User, text)], options, Cancellation);
    }

    public async Task<BudgetRow> BudgetAsync() => (await Runs.GetBudgetAsync(RunId, Cancellation)).Row;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Model.DisposeAsync();
    }
}
