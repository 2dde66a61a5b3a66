namespace Portcullis.Gateway;

/// <summary>Tells when most rows of a crowd of strangers have been given up, once for each crowd.</summary>
internal sealed class CrowdMemory
{
    private const int Crowd = 20_000;

    private int _most;

    /// <param name="rows">Rows of callers now.</param>
    public bool HasLeft(int rows)
    {
        _most = Math.Max(_most, rows);
        if (_most < Crowd || rows > _most / 2)
        {
            return false;
        }
        _most = rows;
        return true;
    }
}
