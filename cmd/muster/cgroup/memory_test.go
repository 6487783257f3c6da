package cgroup

import (
	"testing"
	"testing/fstest"
)

func TestMemoryLimit(t *testing.T) {
	const kubepods = "/kubepods.slice/kubepods-pod1.slice/cri-1.scope"
	for name, c := range map[string]struct {
		files map[string]string
		want  int64
	}{
		"no cgroups at all": {nil, 0},
		"version 2, in a container that sees itself as the top": {map[string]string{
			"proc/self/cgroup":         "0::/\n",
			"sys/fs/cgroup/memory.max": "536870912\n",
		}, 512 << 20},
		"version 2, a unit, whose slice has less": {map[string]string{
			"proc/self/cgroup": "0::/system.slice/muster-import.service\n",
			"sys/fs/cgroup/system.slice/muster-import.service/memory.max": "536870912\n",
			"sys/fs/cgroup/system.slice/memory.max":                       "268435456\n",
		}, 256 << 20},
		"version 2, no limit": {map[string]string{
			"proc/self/cgroup":                    "0::/user.slice\n",
			"sys/fs/cgroup/user.slice/memory.max": "max\n",
		}, 0},
		"version 2, the path of the host in a container": {map[string]string{
			"proc/self/cgroup":         "0::" + kubepods + "\n",
			"sys/fs/cgroup/memory.max": "1073741824\n",
		}, 1 << 30},
		"version 1": {map[string]string{
			"proc/self/cgroup": "9:name=systemd:/\n4:cpu,memory:" + kubepods + "\n0::/\n",
			"sys/fs/cgroup/memory" + kubepods + "/memory.limit_in_bytes": "536870912\n",
			"sys/fs/cgroup/memory/memory.limit_in_bytes":                 "9223372036854771712\n",
		}, 512 << 20},
		"version 1, no limit": {map[string]string{
			"proc/self/cgroup":                           "4:memory:/\n",
			"sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
		}, 0},
		"both, the limit in version 2": {map[string]string{
			"proc/self/cgroup":                   "9:name=systemd:/\n0::/a\n",
			"sys/fs/cgroup/unified/a/memory.max": "536870912\n",
		}, 512 << 20},
		"what is no number limits nothing": {map[string]string{
			"proc/self/cgroup":         "0::/\nx\n",
			"sys/fs/cgroup/memory.max": "half\n",
		}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			root := fstest.MapFS{}
			for file, text := range c.files {
				root[file] = &fstest.MapFile{Data: []byte(text)}
			}
			if got := MemoryLimit(root); got != c.want {
				t.Errorf("%d bytes, not %d", got, c.want)
			}
		})
	}
}
