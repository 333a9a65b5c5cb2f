namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>
/// An HTTP request in the worker's own model. HTTP functions of this host take ASP.NET Core's HttpRequest;
/// the type is here because signatures name it.
/// </summary>
public abstract class HttpRequestData
{
    /// <summary>Creates the request.</summary>
    /// <param name="functionContext">The run it belongs to.</param>
    public HttpRequestData(FunctionContext functionContext)
    {
        ArgumentNullException.ThrowIfNull(functionContext);
        FunctionContext = functionContext;
    }

    /// <summary>The address that was asked for.</summary>
    public abstract Uri Url { get; }

    /// <summary>The run it belongs to.</summary>
    public FunctionContext FunctionContext { get; }
}
