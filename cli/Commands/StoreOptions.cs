using Microsoft.Extensions.Hosting;
using PelNas.Cli.Hosting;

namespace PelNas.Cli.Commands;

/// <summary>The options that name the store a verb works on.</summary>
internal sealed class StoreOptions
{
    public Option<string> Data { get; } = CommonOptions.Data();

    public Option<string?> Store { get; } = CommonOptions.Store();

    /// <summary>The app with that store, not started.</summary>
    public IHost Open(ParseResult parsed) => LocalStore.Build(parsed.GetValue(Data)!, parsed.GetValue(Store));

    /// <summary>The same, for a verb that only reads.</summary>
    /// <exception cref="UsageException">The store is a file that is not there.</exception>
    public IHost OpenExisting(ParseResult parsed)
    {
        IHost app = Open(parsed);
        if (LocalStore.MissingFile(app) is not { } file)
        {
            return app;
        }

        app.Dispose();
        throw new UsageException($"{Data.Name}: there is no store {file}.");
    }
}
