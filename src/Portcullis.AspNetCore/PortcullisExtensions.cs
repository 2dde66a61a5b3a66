using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.ObjectPool;
using Portcullis.Core;

namespace Portcullis.AspNetCore;

/// <summary>Puts the gate into an ASP.NET Core application.</summary>
public static class PortcullisExtensions
{
    /// <summary>Adds a gate over the given state. Call <see cref="UsePortcullis"/> first of all middleware.</summary>
    public static IServiceCollection AddPortcullis(this IServiceCollection services, GateState state)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(state);
        services.TryAddSingleton(state);
        services.TryAddSingleton<Gate>();
        services.TryAddSingleton<HoldBudget>();
        services.TryAddSingleton<GateDriver>();
        services.TryAddSingleton<ObjectPool<LiveExchange>>(provider => new DefaultObjectPool<LiveExchange>(
            new LiveExchangePolicy(provider.GetRequiredService<HoldBudget>()),
            maximumRetained: 1024
        ));
        return services;
    }

    /// <summary>Judges everything that passes through the pipeline after it.</summary>
    public static IApplicationBuilder UsePortcullis(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.UseMiddleware<PortcullisMiddleware>();
    }
}
