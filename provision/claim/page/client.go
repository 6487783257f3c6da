package page

import (
	"fmt"
	"net/http"
	"net/netip"
	"strings"
)

// client is the address of whoever asks. A proxy that is trusted says it in
// X-Forwarded-For, to whose end each proxy adds whom it was asked by: the last
// one that is no proxy of ours is who asks. What stands before it anybody may
// have written.
func (s *site) client(r *http.Request) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	asks := peer.Addr().Unmap()
	forwards := r.Header.Values("X-Forwarded-For")
	if len(forwards) > 0 && !s.trusts(asks) {
		s.undeclared.Do(func() { s.Fault(undeclared(asks)) })
	}
	said := strings.Split(strings.Join(forwards, ","), ",")
	for i := len(said) - 1; i >= 0 && s.trusts(asks); i-- {
		behind, known := forwarded(strings.TrimSpace(said[i]))
		if !known {
			break
		}
		asks = behind.Unmap().WithZone("")
	}
	return asks
}

// undeclared says that somebody forwards who is not among Proxies.
func undeclared(peer netip.Addr) error {
	return fmt.Errorf("%s says on whose behalf it asks, and is no trusted proxy: if it is one of yours, all who come by it "+
		"count as one visitor until it is declared", peer)
}

// forwarded reads an address as proxies write it: some add the port.
func forwarded(text string) (netip.Addr, bool) {
	if a, err := netip.ParseAddr(text); err == nil {
		return a, true
	}
	p, err := netip.ParseAddrPort(text)
	return p.Addr(), err == nil
}

// trusts reports whether an address is one of our proxies.
func (s *site) trusts(a netip.Addr) bool {
	for _, p := range s.Proxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}
