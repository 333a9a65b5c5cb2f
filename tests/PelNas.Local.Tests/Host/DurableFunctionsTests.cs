using Microsoft.Extensions.Hosting;

namespace PelNas.Local.Tests.Host;

public sealed class DurableFunctionsTests : FolderTest
{
    private readonly IHost _host;

    public DurableFunctionsTests()
    {
        var builder = TestHost.CreateBuilder([typeof(Activities)], Folder.Path, withHttp: false);
        builder.Services.AddScoped<Scoped>().AddSingleton<Disposed>();
        _host = builder.Build();
    }

    private IDurableFunctions Functions => _host.Services.GetRequiredService<IDurableFunctions>();

    [Theory]
    [InlineData("Add", """{ "left": 1, "RIGHT": 2 }""", "3")]
    [InlineData("AddTask", """{ "Left": 1, "Right": 2 }""", "3")]
    [InlineData("Nothing", "\"x\"", null)]
    [InlineData("NothingTask", "\"x\"", null)]
    [InlineData("NullTask", null, null)]
    [InlineData("Twice", null, "0")]
    [InlineData("Declared", null, """{"Left":1,"Right":2}""")]
    public async Task An_activity_takes_and_gives_json(string activity, string? input, string? expected) =>
        (await Functions.RunActivityAsync(activity, "instance-1", input, Cancellation)).ShouldBe(expected);

    [Theory]
    [InlineData("FailNow")]
    [InlineData("FailLater")]
    public async Task An_activitys_own_exception_comes_out(string activity) =>
        (await Should.ThrowAsync<InvalidDataException>(
            () => Functions.RunActivityAsync(activity, "i", null, Cancellation))).Message.ShouldBe("no luck");

    [Fact]
    public Task An_activity_gets_the_engines_token() => Should.ThrowAsync<OperationCanceledException>(
        () => Functions.RunActivityAsync("Cancellable", "i", null, new CancellationToken(canceled: true)));

    [Fact]
    public async Task Each_activity_has_services_of_its_own_that_are_disposed_with_it()
    {
        await Functions.RunActivityAsync("UseScope", "i", null, Cancellation);
        await Functions.RunActivityAsync("UseScope", "i", null, Cancellation);

        _host.Services.GetRequiredService<Disposed>().Uses.ShouldBe([1, 1]);
    }

    protected override void Dispose(bool disposing)
    {
        _host.Dispose();
        base.Dispose(disposing);
    }

    internal sealed record Pair(int Left, int Right);

    internal sealed class Disposed
    {
        public List<int> Uses { get; } = [];
    }

    internal sealed class Scoped(Disposed disposed) : IDisposable
    {
        public int Uses { get; set; }

        public void Dispose() => disposed.Uses.Add(Uses);
    }

    internal sealed class Activities(Scoped scoped)
    {
        [Function("Add")]
        public static int Add([ActivityTrigger] Pair pair) => pair.Left + pair.Right;

        [Function("AddTask")]
        public static async Task<int> AddTaskAsync([ActivityTrigger] Pair pair)
        {
            await Task.Yield();
            return pair.Left + pair.Right;
        }

        [Function("Nothing")]
        public static void Nothing([ActivityTrigger] string input)
        {
        }

        // The task behind an async method has a result of an internal type that must not show.
        [Function("NothingTask")]
        public static async Task NothingTaskAsync([ActivityTrigger] string input) => await Task.Yield();

        [Function("NullTask")]
        public static Task<string?> NullTaskAsync([ActivityTrigger] string? input) => Task.FromResult(input);

        [Function("Twice")]
        public static int Twice([ActivityTrigger] int input) => 2 * input;

        [Function("Declared")]
        public static object Declared([ActivityTrigger] string? input) => new Pair(1, 2);

        [Function("FailNow")]
        public static void FailNow([ActivityTrigger] string? input) => throw new InvalidDataException("no luck");

        [Function("FailLater")]
        public static async Task FailLaterAsync([ActivityTrigger] string? input)
        {
            await Task.Yield();
            throw new InvalidDataException("no luck");
        }

        [Function("Cancellable")]
        public static void Cancellable([ActivityTrigger] string? input, CancellationToken cancellationToken)
            => cancellationToken.ThrowIfCancellationRequested();

        [Function("UseScope")]
        public void UseScope([ActivityTrigger] string? input) => scoped.Uses++;
    }
}
