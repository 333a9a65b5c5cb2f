using PelNas.Shared.Common;
using PelNas.Shared.Storage;
using PelNas.Tests.Azurite;

namespace PelNas.Shared.Tests.Storage.AzureTables;

/// <summary>A test on tables of its own in the emulator.</summary>
public abstract class AzuriteTest(AzuriteFixture azurite) : IAsyncLifetime
{
    protected const string RunId = StoreSamples.RunId;

    private AzuriteStores? _stores;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens more stores on these tables.</summary>
    protected AzuriteStores Stores => _stores!;

    /// <summary>A store on these tables that nothing disturbs.</summary>
    protected AzureTablesRunStore Store => field ??= Stores.Open();

    public async ValueTask InitializeAsync() => _stores = new AzuriteStores(await azurite.Server);

    public virtual ValueTask DisposeAsync()
    {
        _stores?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Compares by content: records that hold lists are equal only by reference.</summary>
    protected static void ShouldBeSame<T>(T? actual, T? expected) => PelNasJson.Serialize(actual).ShouldBe(PelNasJson.Serialize(expected));

    /// <summary>Another store on these tables, ready to be used, whose further requests run through hooks.</summary>
    protected async Task<AzureTablesRunStore> HookedAsync(Action<RequestHooks> set)
    {
        RequestHooks hooks = new();
        AzureTablesRunStore store = Stores.Open(configure: hooks.AddTo);
        await store.CreateAsync(Token);
        hooks.Sent.Clear();
        set(hooks);
        return store;
    }

    /// <summary>Does something with a store whose process ends after a number of writes.</summary>
    /// <param name="writes">Writes that are sent.</param>
    /// <param name="work">What is cut short.</param>
    /// <param name="loseAnswer">Whether the end comes before the answer to the last of these writes, and not before the next write.</param>
    protected async Task StopAsync(int writes, Func<IRunStore, Task> work, bool loseAnswer = false)
        => (await StopsAsync(writes, work, loseAnswer)).ShouldBeTrue($"the work should take more than {writes} writes");

    /// <inheritdoc cref="StopAsync"/>
    /// <returns>Whether the end came before the work was done.</returns>
    protected async Task<bool> StopsAsync(int writes, Func<IRunStore, Task> work, bool loseAnswer = false)
    {
        int sent = 0;
        int answered = 0;
        IRunStore store = await HookedAsync(hooks =>
        {
            hooks.Before = request => request.IsWrite && Interlocked.Increment(ref sent) > writes ? throw new ProcessEndedException() : Task.CompletedTask;
            hooks.After = request => request.IsWrite && Interlocked.Increment(ref answered) == writes && loseAnswer ? throw new ProcessEndedException() : Task.CompletedTask;
        });
        try
        {
            await work(store);
            return false;
        }
        catch (ProcessEndedException)
        {
            return true;
        }
    }

    /// <summary>What stands for the end of a process. No client retries it and no store catches it.</summary>
    protected sealed class ProcessEndedException : Exception;
}
