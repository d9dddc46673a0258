{{ crm_warehouse.accepted('crm', 'opportunities') }}
