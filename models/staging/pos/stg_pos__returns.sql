{{ crm_warehouse.accepted('pos', 'returns') }}
